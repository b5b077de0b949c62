-- Once, by handrail_owner, after its first `python -m runtime migrate`: the service adds to the audit trail and reads it, no more.
REVOKE UPDATE, DELETE, TRUNCATE ON audit_rows FROM handrail_service;
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON alembic_version FROM handrail_service;
