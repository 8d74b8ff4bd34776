# Inserts rows one by one for some seconds, and says the number of each that was acknowledged with the time by a clock in seconds.
end=$(($(date +%s) + $0))
while [ "$(date +%s)" -lt "$end" ]; do
  id="$(PGCONNECT_TIMEOUT=2 timeout 5 psql "$DATABASE_URL" -qXAt -c 'INSERT INTO orders DEFAULT VALUES RETURNING id' 2> /dev/null)" || continue
  read -r now _ < /proc/uptime
  echo "$id $now"
done
