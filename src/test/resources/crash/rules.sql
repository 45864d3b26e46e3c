-- The rule for ids: a UUID stays as it is, anything else becomes a UUIDv5 (RFC 9562, 5.5) in the migration's namespace.
CREATE EXTENSION pgcrypto;

CREATE FUNCTION new_id(kind text, legacy_id text) RETURNS uuid LANGUAGE sql IMMUTABLE STRICT AS $$
    SELECT CASE WHEN legacy_id ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN legacy_id::uuid
                ELSE encode(set_byte(set_byte(hash, 6, get_byte(hash, 6) & 15 | 80), 8, get_byte(hash, 8) & 63 | 128),
                            'hex')::uuid END
    FROM (SELECT substring(public.digest(uuid_send('7b0c9d5e-0f7d-4f5a-9d0a-5f3c1c7a2b11')
                                  || convert_to(kind || ':' || legacy_id, 'UTF8'), 'sha1') FROM 1 FOR 16) AS hash) h
$$;

CREATE FUNCTION utc(moment timestamptz) RETURNS timestamp LANGUAGE sql IMMUTABLE STRICT
RETURN moment AT TIME ZONE 'UTC';

-- Four markers that always win; custom fields of their names are kept apart.
CREATE FUNCTION metadata_of(old_id jsonb, custom jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
    SELECT (custom - reserved) || jsonb_build_object('migrated', true, 'oldSystem', 'legacy-v1', 'oldId', old_id)
           || CASE WHEN jsonb_exists_any(custom, reserved)
                   THEN jsonb_build_object('customFields', (SELECT jsonb_object_agg(key, value) FROM jsonb_each(custom)
                                                            WHERE key = ANY (reserved)))
                   ELSE '{}' END
    FROM (SELECT ARRAY['migrated', 'migratedAt', 'oldSystem', 'oldId', 'customFields'] AS reserved) r
$$;
