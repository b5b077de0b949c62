-- Once, in the empty database, by an account that may make roles. Set passwords with \password.
-- handrail_owner makes and changes tables (python -m runtime migrate); handrail_service is the service and can do neither;
-- handrail_retention removes what is over of the audit trail, once a night, and does nothing else;
-- handrail_backup can only read (pg_dump). What people wrote is sealed from all four.
CREATE ROLE handrail_owner LOGIN;
CREATE ROLE handrail_service LOGIN;
CREATE ROLE handrail_backup LOGIN;
CREATE ROLE handrail_retention LOGIN;

REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA public TO handrail_owner;
GRANT USAGE ON SCHEMA public TO handrail_service, handrail_backup, handrail_retention;

ALTER DEFAULT PRIVILEGES FOR ROLE handrail_owner IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO handrail_service;
ALTER DEFAULT PRIVILEGES FOR ROLE handrail_owner IN SCHEMA public
    GRANT USAGE, SELECT ON SEQUENCES TO handrail_service;
ALTER DEFAULT PRIVILEGES FOR ROLE handrail_owner IN SCHEMA public
    GRANT SELECT ON TABLES TO handrail_backup;
ALTER DEFAULT PRIVILEGES FOR ROLE handrail_owner IN SCHEMA public
    GRANT SELECT ON SEQUENCES TO handrail_backup;
