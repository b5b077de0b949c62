-- By handrail_owner, after `python -m runtime migrate`; again after a new version, as often as you like.
-- The service adds to the audit trail and reads it, no more. What is over goes by handrail_retention alone, behind a mark.
REVOKE UPDATE, DELETE, TRUNCATE ON audit_rows FROM handrail_service;
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON audit_marks FROM handrail_service;
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON alembic_version FROM handrail_service;
GRANT SELECT, DELETE ON audit_rows TO handrail_retention;
GRANT SELECT, INSERT ON audit_marks TO handrail_retention;
GRANT USAGE, SELECT ON SEQUENCE audit_marks_number_seq TO handrail_retention;
GRANT SELECT ON legal_holds TO handrail_retention;
