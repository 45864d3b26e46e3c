package dev.threadsmigration.bench;

/** The legacy database: the same rows on every machine, and what becomes of them as SQL says it. */
final class LegacyForum {

    /** Users of both databases: they are in the target already when the threads come. */
    static final String USERS = """
            SELECT md5('user' || i)::uuid AS id, 'User ' || i AS name,
                   timestamptz '2018-01-01 00:00:00Z' + i * interval '11 minutes' AS created
            FROM generate_series(1, %d) AS i""";

    private static final String USER_TABLE = """
            CREATE TABLE legacy_users (
                id uuid PRIMARY KEY,
                full_name varchar(200) NOT NULL,
                created_date timestamptz NOT NULL,
                modified_date timestamptz)""";

    private static final String THREAD_TABLE = """
            CREATE TABLE legacy_threads (
                id uuid PRIMARY KEY,
                legacy_id bigint UNIQUE,
                subject varchar(500),
                owner_id uuid,
                company_id uuid,
                division_code varchar(20),
                custom_fields jsonb,
                created_date timestamptz NOT NULL,
                modified_date timestamptz)""";

    /**
     * Of the subjects 5% are absent and 0.05% too long, of the owners 0.1% are absent; four rows of five have custom
     * fields.
     */
    private static final String THREADS = """
            INSERT INTO legacy_threads
            SELECT md5('thread' || i)::uuid,
                   i,
                   CASE WHEN i %% 20 = 3 THEN NULL
                        WHEN i %% 2000 = 42 THEN rpad('Subject ' || i || ' ', 300, md5('long' || i))
                        ELSE 'Subject ' || i || ' ' || left(md5('subject' || i), (i %% 32)::integer) END,
                   CASE WHEN i %% 1000 <> 77 THEN md5('user' || 1 + i * 7919 %% %1$d)::uuid END,
                   CASE WHEN i %% 8 <> 2 THEN md5('company' || i %% 1000)::uuid END,
                   CASE WHEN i %% 16 <> 9 THEN 'D' || i %% 50 END,
                   CASE WHEN i %% 5 <> 1 THEN jsonb_build_object(
                       'status', (ARRAY['open', 'closed', 'waiting'])[1 + i %% 3],
                       'labels', jsonb_build_array('label-' || i %% 60, 'label-' || i %% 7),
                       'routing', jsonb_build_object(
                           'desk', 'desk-' || i %% 12,
                           'urgent', i %% 9 = 0,
                           'score', jsonb_build_object('value', round(i %% 100 / 10.0, 1), 'votes', i %% 500)),
                       'contact', jsonb_build_object('by', 'mail', 'reference', left(md5('contact' || i), 20)),
                       'remark', left(md5('remark' || i), 24)) END,
                   timestamptz '2019-01-01 00:00:00Z' + i * interval '2 minutes 0.137 seconds',
                   CASE WHEN i %% 3 <> 0
                        THEN timestamptz '2019-06-01 00:00:00Z' + i * interval '2 minutes 0.731 seconds' END
            FROM generate_series(1::bigint, %2$d) AS i""";

    /** A thread as the target should hold it, but for the time of its migration. */
    private static final String TRANSFORMED = """
            SELECT id,
                   left(coalesce(subject, 'Untitled'), 255)::varchar(255) AS title,
                   owner_id AS user_id,
                   company_id AS organization_id,
                   division_code::varchar(255) AS tenant_id,
                   jsonb_build_object('migrated', true, 'migratedAt', now(), 'oldSystem', 'legacy-v1',
                       'oldId', legacy_id) || coalesce(custom_fields, '{}') AS metadata,
                   created_date AT TIME ZONE 'UTC' AS created_at,
                   coalesce(modified_date, created_date) AT TIME ZONE 'UTC' AS updated_at
            FROM %s
            WHERE owner_id IS NOT NULL""";

    private final Database database;
    private final long threads;

    private LegacyForum(Database database, long threads) {
        this.database = database;
        this.threads = threads;
    }

    static LegacyForum fill(Database database, long users, long threads) {
        database.execute(
                USER_TABLE,
                "INSERT INTO legacy_users SELECT id, name, created FROM (" + USERS.formatted(users) + ") AS made",
                THREAD_TABLE,
                THREADS.formatted(users, threads),
                "VACUUM (FREEZE, ANALYZE)");
        return new LegacyForum(database, threads);
    }

    Database database() {
        return database;
    }

    long threads() {
        return threads;
    }

    /** The transformation of all threads as one query. */
    static String transformed() {
        return TRANSFORMED.formatted("legacy_threads");
    }

    /** What the target must hold after the first so many threads, by key. */
    Fingerprint expected(long first) {
        return Fingerprint.of(
                database,
                TRANSFORMED.formatted("(SELECT * FROM legacy_threads ORDER BY id LIMIT %d) AS first".formatted(first)));
    }
}
