#!/bin/sh
# The contract of the official node image's entrypoint: what is no program is for node.
set -eu
if [ "${1#-}" != "${1:-}" ] || ! command -v "${1:-}" > /dev/null || { [ -f "$1" ] && ! [ -x "$1" ]; }; then
  set -- node "$@"
fi
exec "$@"
