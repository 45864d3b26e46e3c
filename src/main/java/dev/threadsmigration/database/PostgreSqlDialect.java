package dev.threadsmigration.database;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.Encoding;
import org.postgresql.core.Oid;
import org.postgresql.jdbc.PgArray;

/** PostgreSQL 13 and later. */
final class PostgreSqlDialect implements TargetDialect {

    private static final String BITS = "bit";
    private static final String MONEY = "money";

    private static final String INTEGRITY_VIOLATION = "23000";

    /**
     * With a number for this transaction, from which all ages are counted for as long as it lasts. Frozen rows have the
     * greatest of all ages, and rows of later transactions a negative one.
     */
    private static final RowAges AGES = new RowAges(
            "SELECT CAST(CAST(pg_snapshot_xmin(pg_current_snapshot()) AS text) AS bigint)",
            "SELECT CAST(CAST(pg_current_xact_id() AS text) AS bigint) - ?",
            "age(xmin)");

    @Override
    public String productName() {
        return "PostgreSQL";
    }

    @Override
    public String jsonType() {
        return "jsonb";
    }

    @Override
    public String instantType() {
        return "timestamptz";
    }

    @Override
    public String fold(String identifier) {
        return identifier.toLowerCase(Locale.ROOT);
    }

    @Override
    public String overriding() {
        return "OVERRIDING SYSTEM VALUE ";
    }

    @Override
    public Map<String, String> connectionProperties() {
        return Map.of(
                "ApplicationName", "threads-migration",
                "options", PostgreSqlSession.OPTIONS,
                "connectTimeout", "10",
                "tcpKeepAlive", "true",
                // Results come in binary from the second time on that a statement is asked, not from the sixth.
                "prepareThreshold", "1",
                "reWriteBatchedInserts", "true");
    }

    @Override
    public String driverUrl(String jdbcUrl) {
        return PostgreSqlSession.url(jdbcUrl);
    }

    @Override
    public String sessionStatement() {
        return PostgreSqlSession.STATEMENT;
    }

    @Override
    public List<String> settingsLeftOut(Connection connection) throws SQLException {
        return PostgreSqlSession.leftOut(connection);
    }

    /** The driver turns to the binary form after some executions, in which it spells these as other texts. */
    @Override
    public Map<String, String> readingProperties() {
        return Map.of(
                "binaryTransferDisable",
                "BYTEA_ARRAY,INT2_ARRAY,INT4_ARRAY,INT8_ARRAY,OID_ARRAY,FLOAT4_ARRAY,FLOAT8_ARRAY,VARCHAR_ARRAY,TEXT_ARRAY,"
                        + "TIMETZ,POINT,BOX");
    }

    @Override
    public Map<String, String> memoryProperties(MemoryShare share) {
        return Map.of("maxResultBuffer", String.valueOf(share.bytes()));
    }

    @Override
    public boolean isTooLarge(SQLException error) {
        // Its state is that of a lost connection, which it is, too; its words come in many languages.
        return String.valueOf(error.getMessage()).contains("maxResultBuffer");
    }

    @Override
    public String parameter(Column column) {
        if (column.typeName().equals(BITS)) {
            // As bit alone it would be cut off after the first.
            return column.jdbcType() == Types.BIT ? "CAST(CAST(? AS integer) AS bit)" : "CAST(? AS varbit)";
        }
        // A text is not taken for a json, an enum or a date by itself.
        return column.isUuid() || column.isInteger() ? "?" : "CAST(? AS " + typeName(column) + ")";
    }

    /** The server writes money as its locale has it, with commas or points between thousands, which the driver cannot read. */
    @Override
    public String readExpression(Column column) {
        String name = quote(column.name());
        return column.typeName().equals(MONEY) ? "CAST(" + name + " AS numeric)" : name;
    }

    @Override
    public String comparableKey(String sql, Column key, Column referring) {
        boolean alike = key.typeName().equals(referring.typeName()) || key.isInteger() && referring.isInteger();
        return alike ? sql : "CAST(" + sql + " AS " + typeName(referring) + ")";
    }

    /** A type that people made may be spelt in capitals; the driver quotes its name only where it puts a schema before it. */
    private String typeName(Column column) {
        String name = column.typeName();
        return name.matches("\\w+") && !name.equals(fold(name)) ? quote(name) : name;
    }

    /**
     * The driver does not know citext, which an extension brings, takes any number of bits for a boolean, and money for floating
     * point.
     */
    @Override
    public Column understand(Column column) {
        return switch (column.typeName()) {
            case "citext" -> column.withJdbcType(Types.VARCHAR);
            case BITS -> column.size() == 1 ? column : column.withJdbcType(Types.OTHER);
            case MONEY -> column.withJdbcType(Types.NUMERIC);
            default -> column;
        };
    }

    /** Of a jsonb only: a text may hold no JSON, and a json what cannot be taken out of it, such as a NUL. */
    @Override
    public @Nullable String carriesMarker(Column metadata) {
        return metadata.typeName().equals("jsonb")
                ? "%1$s ->> 'migrated' = 'true' AND %1$s ->> 'oldSystem' = ?".formatted(quote(metadata.name()))
                : null;
    }

    @Override
    public @Nullable String markedId(Column metadata) {
        String marked = carriesMarker(metadata);
        return marked == null ? null : "CASE WHEN " + marked + " THEN " + quote(metadata.name()) + " ->> 'oldId' END";
    }

    /** SQL_ASCII takes all bytes as they come, those of UTF-8 included. */
    @Override
    public Charset encoding(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SHOW server_encoding")) {
            result.next();
            String name = result.getString(1);
            return name.equals("SQL_ASCII")
                    ? StandardCharsets.UTF_8
                    : Charset.forName(Encoding.getDatabaseEncoding(name).name());
        }
    }

    @Override
    public String identityQuery() {
        return """
                SELECT 'postgresql:' || system_identifier || '/' || current_database() FROM pg_control_system()""";
    }

    @Override
    public boolean rollsBackDefinitions() {
        return true;
    }

    @Override
    public String rowAsJson(String row, List<Column> columns) {
        return "CAST(row_to_json(" + row + ") AS text)";
    }

    @Override
    public void checkConstraintsAtOnce(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET CONSTRAINTS ALL IMMEDIATE");
        }
    }

    @Override
    public boolean ordersUuidsByBytes() {
        return true;
    }

    /**
     * In the server's binary format of arrays: the count of dimensions, whether there are NULLs, the type of the elements,
     * how many they are and the index of the first, then the length and bytes of each. The driver would write each as a text.
     */
    @Override
    public Array uuids(Connection connection, Collection<UUID> uuids) throws SQLException {
        if (uuids.isEmpty()) {
            return TargetDialect.super.uuids(connection, uuids);
        }
        ByteBuffer bytes = ByteBuffer.allocate(20 + uuids.size() * 20);
        bytes.putInt(1).putInt(0).putInt(Oid.UUID).putInt(uuids.size()).putInt(1);
        uuids.forEach(uuid ->
                bytes.putInt(16).putLong(uuid.getMostSignificantBits()).putLong(uuid.getLeastSignificantBits()));
        return new PgArray(connection.unwrap(BaseConnection.class), Oid.UUID_ARRAY, bytes.array());
    }

    @Override
    public void load(Connection connection, TableName table, List<BulkColumn> columns, BulkRows rows)
            throws SQLException {
        String names = columns.stream().map(column -> quote(column.name())).collect(Collectors.joining(", "));
        CopyIn copy = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("COPY " + table.quoted(this) + " (" + names + ") FROM STDIN (FORMAT binary)");
        try {
            BinaryCopy.write(columns, rows, (bytes, length) -> copy.writeToCopy(bytes, 0, length));
            long taken = copy.endCopy();
            if (taken < rows.size()) {
                throw new SQLException(
                        "%d of %d rows were left out: does a trigger keep them out?"
                                .formatted(rows.size() - taken, rows.size()),
                        INTEGRITY_VIOLATION);
            }
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    @Override
    public boolean tellsPrivileges() {
        return true;
    }

    @Override
    public boolean isForbidden(SQLException error) {
        return "42501".equals(error.getSQLState());
    }

    /** Of a view over tables that its owner may not read, nothing is known. */
    @Override
    public String rightsToRead(Connection connection, TableName table) throws SQLException {
        List<String> statements = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement("""
                SELECT has_schema_privilege(n.oid, 'USAGE'), has_table_privilege(c.oid, 'SELECT'),
                       row_security_active(c.oid)
                FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE nspname = ? AND relname = ?""")) {
            statement.setString(1, table.schema());
            statement.setString(2, table.name());
            try (ResultSet rights = statement.executeQuery()) {
                if (rights.next()) {
                    if (!rights.getBoolean(1)) {
                        statements.add("GRANT USAGE ON SCHEMA " + quote(String.valueOf(table.schema())) + " TO "
                                + grantee(connection));
                    }
                    if (!rights.getBoolean(2)) {
                        statements.add(TargetDialect.super.rightsToRead(connection, table));
                    }
                    if (rights.getBoolean(3)) {
                        statements.add("ALTER ROLE " + grantee(connection) + " BYPASSRLS");
                    }
                }
            }
        }
        return String.join("; ", statements);
    }

    @Override
    public boolean mayIndex(Connection connection, TableName table) throws SQLException {
        return PostgreSqlDefinitions.mayIndex(connection, table.quoted(this));
    }

    /** A rule does so by RETURNING; to ask for it without costs the transaction, and its connection. */
    @Override
    public boolean givesInsertedRows(Connection connection, TableName table) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                SELECT count(*) = 0 OR bool_or(pg_get_ruledef(oid) ~ '\\mRETURNING\\M') FROM pg_rewrite
                WHERE ev_class = to_regclass(?) AND ev_type = '3' AND is_instead""")) {
            statement.setString(1, table.quoted(this));
            try (ResultSet found = statement.executeQuery()) {
                return found.next() && found.getBoolean(1);
            }
        }
    }

    @Override
    public List<TableName> forbiddenSequences(Connection connection, TableName table, Collection<Column> given)
            throws SQLException {
        return PostgreSqlSequences.forbidden(connection, table, given, this);
    }

    @Override
    public String tryLockQuery() {
        return "SELECT pg_try_advisory_lock(hashtextextended(?, 0))";
    }

    /** A key of 64 bits stands there as two of 32, and as 1 in the third column; locks of other databases do, too. */
    @Override
    public String isLockedQuery() {
        return """
                SELECT EXISTS (
                    SELECT 1 FROM pg_locks
                    WHERE locktype = 'advisory' AND granted AND objsubid = 1
                      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                      AND (CAST(classid AS bigint) << 32) | CAST(objid AS bigint) = hashtextextended(?, 0))""";
    }

    @Override
    public String replicationLagQuery() {
        return "SELECT EXTRACT(EPOCH FROM MAX(replay_lag)) FROM pg_stat_replication";
    }

    @Override
    public String activeSessionsQuery() {
        return """
                SELECT count(*) FROM pg_stat_activity
                WHERE datname = current_database() AND backend_type = 'client backend' AND state = 'active'
                  AND pid <> pg_backend_pid() AND application_name <> 'threads-migration'""";
    }

    @Override
    public boolean defersIndexes() {
        return true;
    }

    @Override
    public List<TableDefinition> deferrable(Connection connection, TableName table) throws SQLException {
        return PostgreSqlDefinitions.all(connection, table, this);
    }

    @Override
    public Optional<String> current(Connection connection, TableDefinition definition) throws SQLException {
        return PostgreSqlDefinitions.current(connection, definition, this);
    }

    @Override
    public String textExpression(Column column) {
        return "CAST(" + quote(column.name()) + " AS text)";
    }

    @Override
    public String spelling(Column column) {
        return textExpression(column) + " COLLATE \"C\"";
    }

    @Override
    public boolean isAboutData(SQLException error) {
        String state = error.getSQLState();
        return state != null
                && (state.startsWith("22") // data exception
                        || state.startsWith("23") // integrity constraint violation
                        || state.startsWith("44") // WITH CHECK OPTION of a view
                        || state.startsWith("54") // too long for an index, nested too deep
                        || state.startsWith("45") // raised by a trigger: the standard's user-defined exception
                        || state.startsWith("P0") // raised by a trigger, without a state
                        || isSomebodysOwn(state));
    }

    /** The standard leaves the classes from 5 to 9 and from I on to implementations; PostgreSQL uses 53 to 58, P0 and XX. */
    private static boolean isSomebodysOwn(String state) {
        return state.matches("[6-9I-Z].*|5[0-29].*") && !state.startsWith("P0") && !state.startsWith("XX");
    }

    @Override
    public boolean isPassing(SQLException error) {
        String state = error.getSQLState();
        return state != null
                && (state.startsWith("08") // connection
                        || state.startsWith("57P") // shutdown, crash, cannot connect now
                        || state.startsWith("53") // out of connections, memory, disk
                        || state.equals("40P01")
                        || state.equals("40001")
                        || state.equals("25P03") // idle for longer than a transaction may be
                        || state.equals("55P03") // locked by others for longer than lock_timeout
                        || state.equals("25006")); // read-only after a failover
    }

    @Override
    public RowAges rowAges() {
        return AGES;
    }

    @Override
    public WriteCapture writeCapture() {
        return new PostgreSqlCapture(this);
    }
}
