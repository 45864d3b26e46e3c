package dev.threadsmigration.support;

import com.fasterxml.uuid.Generators;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The target's rows as texts, as they are and as the logical records say that they must be. */
public final class TargetRows {

    public static final UUID NAMESPACE = UUID.fromString("8f0b8b1e-6a53-4a54-8a3e-0f9f6f4ad001");

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private TargetRows() {}

    public static UUID newId(String kind, Object legacyId) {
        return Generators.nameBasedGenerator(NAMESPACE).generate(kind + ":" + legacyId);
    }

    public static List<String> expectedUsers() {
        return sorted(LogicalRecords.users().stream()
                .map(user -> row(newId("users", user.id()), user.name(), utc(user.createdAt()), utc(user.createdAt())))
                .toList());
    }

    public static List<String> expectedThreads(String oldSystem) {
        return sorted(LogicalRecords.threads().stream()
                .map(thread -> row(
                        newId("threads", thread.id()),
                        thread.title() == null ? "Untitled" : thread.title(),
                        newId("users", thread.userId()),
                        thread.organizationId() == null ? null : newId("organizations", thread.organizationId()),
                        thread.tenantId(),
                        expectedMetadata(thread, oldSystem),
                        utc(thread.createdAt()),
                        utc(Objects.requireNonNullElse(thread.updatedAt(), thread.createdAt()))))
                .toList());
    }

    private static JsonNode expectedMetadata(LogicalRecords.Thread thread, String oldSystem) {
        ObjectNode metadata = (ObjectNode) JSON.readTree(Objects.requireNonNullElse(thread.metadata(), "{}"));
        metadata.put("migrated", true);
        metadata.put("oldSystem", oldSystem);
        metadata.put("oldId", String.valueOf(thread.id()));
        return metadata;
    }

    public static List<String> expectedFeedback() {
        return sorted(LogicalRecords.feedback().stream()
                .map(feedback -> row(
                        feedback.id(),
                        newId("threads", feedback.threadId()),
                        newId("users", feedback.userId()),
                        feedback.type(),
                        feedback.comment(),
                        feedback.helpful(),
                        feedback.rating(),
                        utc(feedback.createdAt()),
                        utc(feedback.createdAt())))
                .toList());
    }

    public static List<String> users(Connection target) throws SQLException {
        return read(target, "SELECT id, name, created_at, updated_at FROM users");
    }

    public static List<String> threads(Connection target) throws SQLException {
        return read(target, """
                SELECT id, title, user_id, organization_id, tenant_id, metadata, created_at, updated_at FROM threads""");
    }

    public static List<String> feedback(Connection target) throws SQLException {
        return read(target, """
                SELECT id, thread_id, user_id, type, comment, helpful, rating, created_at, updated_at FROM feedback""");
    }

    private static List<String> read(Connection target, String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = target.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                Object[] values = new Object[columns];
                for (int i = 0; i < columns; i++) {
                    values[i] = value(result, i + 1);
                }
                rows.add(row(values));
            }
        }
        return sorted(rows);
    }

    private static @Nullable Object value(ResultSet result, int position) throws SQLException {
        String name = result.getMetaData().getColumnLabel(position);
        if (name.endsWith("_at")) {
            return result.getObject(position, LocalDateTime.class);
        }
        if (name.equals("metadata") && result.getString(position) != null) {
            ObjectNode metadata = (ObjectNode) JSON.readTree(result.getString(position));
            Instant.parse(metadata.remove("migratedAt").asString());
            return metadata;
        }
        return result.getObject(position);
    }

    private static LocalDateTime utc(Instant instant) {
        return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }

    private static String row(@Nullable Object... values) {
        return Arrays.stream(values)
                .map(value -> value instanceof ObjectNode object ? sortedKeys(object) : String.valueOf(value))
                .toList()
                .toString();
    }

    private static String sortedKeys(ObjectNode object) {
        ObjectNode sorted = JSON.createObjectNode();
        object.propertyNames().stream().sorted().forEach(name -> sorted.set(name, object.get(name)));
        return sorted.toString();
    }

    private static List<String> sorted(List<String> rows) {
        return rows.stream().sorted().toList();
    }
}
