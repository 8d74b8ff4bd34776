#!/bin/sh
# The contract of the official redis image's entrypoint, in the shell that this image has.
set -eu

case "${1:-}" in -* | *.conf) set -- redis-server "$@" ;; esac

if [ "$1" = redis-server ] && [ "$(id -u)" = 0 ]; then
  find . ! -user redis -exec chown redis {} +
  exec /usr/bin/setpriv --reuid=redis --regid=redis --clear-groups "$0" "$@"
fi

# The official server is compiled without protected mode; Debian's refuses other machines until it has a password.
unprotected() {
  case " $* " in *protected-mode*) return 1 ;; *" --version "* | *" -v "* | *" --help "* | *" -h "* | *" --test-memory "*) return 1 ;; esac
  case "${2:-}" in -* | "") return 0 ;; *) ! grep -qsi '^[[:space:]]*protected-mode' "$2" ;; esac
}
if [ "$1" = redis-server ] && unprotected "$@"; then set -- "$@" --protected-mode no; fi

if [ "$(umask)" = 0022 ]; then umask 0077; fi
exec "$@"
