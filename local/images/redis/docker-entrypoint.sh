#!/bin/sh
# The contract of the official redis image's entrypoint, in the shell that this image has.
set -eu
if [ "${1#-}" != "${1:-}" ] || [ "${1%.conf}" != "${1:-}" ]; then set -- redis-server "$@"; fi
if [ "$1" = redis-server ] && [ "$(id -u)" = 0 ]; then
  chown -R 999:999 .
  exec setpriv --reuid=999 --regid=999 --clear-groups "$0" "$@"
fi
umask 0077
exec "$@"
