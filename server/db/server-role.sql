-- [J1] The account under which the server works, where PostgreSQL keeps the data: it reads and writes,
-- owns nothing, and cannot change, remove or empty a journal, nor switch off what refuses it.
-- Run it on Epaule's database as the account that owns the tables, after `npm run db:migrate`, the
-- first time and after every update. Then give the account a password:
--   ALTER ROLE epaule_server PASSWORD '…';
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'epaule_server') THEN
    CREATE ROLE epaule_server LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT;
  END IF;
END;
$$;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public, drizzle TO epaule_server;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO epaule_server;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO epaule_server;
-- Whether something is to be migrated: the server looks, and can do nothing about it.
GRANT SELECT ON drizzle.__drizzle_migrations TO epaule_server;
REVOKE UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER ON journal, journal_heads FROM epaule_server;
