#!/bin/sh
# Makes the three roles and databases of docs/POSTGRESQL.md, at the first start of an empty PostgreSQL (compose.yml).
# Each line of the file is HOST:PORT:DATABASE:ROLE:PASSWORD. Passwords are of letters and digits.
set -eu
while IFS=: read -r _ _ database role password; do
    case "$database$role$password" in
        "") continue ;;
        *[!A-Za-z0-9_]*) echo "postgres-init: letters, digits and _ alone" >&2; exit 1 ;;
    esac
    # On standard input: a command line can be read by others, and so can what is logged of it.
    psql --quiet --username postgres --set ON_ERROR_STOP=1 <<SQL
CREATE ROLE $role LOGIN PASSWORD '$password';
CREATE DATABASE $database OWNER $role TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8';
REVOKE CONNECT ON DATABASE $database FROM PUBLIC;
SQL
done < /run/secrets/pgpass_for_postgres
