package dev.threadsmigration.bench;

/**
 * How many threads there are, and the sum of the hashes of what they say. When they were migrated is left out, and a
 * whole title that only threads-migration keeps.
 */
record Fingerprint(long rows, String hash) {

    private static final String QUERY = """
            SELECT count(*) || ' ' || coalesce(sum(hashtextextended(ROW(
                       id, title, user_id, organization_id, tenant_id,
                       metadata - 'migratedAt' - 'originalTitle', created_at, updated_at)::text, 0)), 0)
            FROM (%s) AS thread""";

    static Fingerprint of(Database database, String threads) {
        String[] words = database.ask(QUERY.formatted(threads)).split(" ");
        return new Fingerprint(Long.parseLong(words[0]), words[1]);
    }
}
