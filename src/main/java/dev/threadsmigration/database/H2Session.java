package dev.threadsmigration.database;

import java.util.Map;
import java.util.regex.Pattern;

/** What a session with H2 begins with. */
final class H2Session implements SessionSetup {

    private static final Pattern ZONE = Pattern.compile(";TIME ZONE=[^;]*", Pattern.CASE_INSENSITIVE);

    private static final Pattern IF_EXISTS = Pattern.compile(";IFEXISTS=TRUE(?=;|$)", Pattern.CASE_INSENSITIVE);

    @Override
    public Map<String, String> properties() {
        return Map.of("TIME ZONE", "UTC");
    }

    /** A file that is not there is an error, and no new database without a table. */
    @Override
    public Map<String, String> readingProperties() {
        return Map.of("IFEXISTS", "TRUE");
    }

    /** Without a zone of the session's own: ours is UTC, and H2 takes no two, nor one word in two spellings. */
    @Override
    public String url(String jdbcUrl) {
        return IF_EXISTS.matcher(ZONE.matcher(jdbcUrl).replaceAll("")).replaceAll(";IFEXISTS=TRUE");
    }
}
