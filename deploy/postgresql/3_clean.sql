-- Every night at a quiet time, outside any transaction (psql -f), by an account that may: the server's own, or an administrator's.
-- Without it a forgotten person's sealed key stays in the table's file until it is written over, and in the write-ahead log until that is.
-- Only the small table of keys is written anew, which locks it for a moment; without its key, what else is left cannot be read.
VACUUM (FULL) data_keys;
VACUUM;
ALTER SYSTEM SET wal_recycle = off;
SELECT pg_reload_conf();
SELECT pg_switch_wal();
CHECKPOINT;
