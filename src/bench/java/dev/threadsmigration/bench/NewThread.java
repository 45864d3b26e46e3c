package dev.threadsmigration.bench;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/** A row of {@code threads}, as a program writes it that was written for this one table. */
record NewThread(
        UUID id,
        String title,
        UUID userId,
        @Nullable UUID organizationId,
        @Nullable String tenantId,
        String metadata,
        LocalDateTime createdAt,
        LocalDateTime updatedAt) {

    static final String INSERT = """
            INSERT INTO threads (id, title, user_id, organization_id, tenant_id, metadata, created_at, updated_at)
            VALUES (?, ?, ?, ?, ?, CAST(? AS jsonb), ?, ?)""";

    private static final int LONGEST_TITLE = 255;
    private static final ObjectMapper JSON = new JsonMapper();
    private static final TypeReference<Map<String, Object>> FIELDS = new TypeReference<>() {};

    /** Null where the thread has no owner, and so no place in the target. */
    static @Nullable NewThread of(LegacyThread legacy) {
        if (legacy.ownerId() == null) {
            return null;
        }
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("migrated", true);
        metadata.put("migratedAt", Instant.now().toString());
        metadata.put("oldSystem", "legacy-v1");
        metadata.put("oldId", legacy.legacyId());
        if (legacy.customFields() != null) {
            metadata.putAll(JSON.readValue(legacy.customFields(), FIELDS));
        }
        OffsetDateTime modified = legacy.modifiedDate() == null ? legacy.createdDate() : legacy.modifiedDate();
        return new NewThread(
                legacy.id(),
                title(legacy.subject()),
                legacy.ownerId(),
                legacy.companyId(),
                legacy.divisionCode(),
                JSON.writeValueAsString(metadata),
                utc(legacy.createdDate()),
                utc(modified));
    }

    private static String title(@Nullable String subject) {
        if (subject == null) {
            return "Untitled";
        }
        return subject.length() > LONGEST_TITLE ? subject.substring(0, LONGEST_TITLE) : subject;
    }

    private static LocalDateTime utc(OffsetDateTime time) {
        return time.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime();
    }

    /** Sets the parameters of {@link #INSERT}. */
    void bind(PreparedStatement insert) throws SQLException {
        insert.setObject(1, id);
        insert.setString(2, title);
        insert.setObject(3, userId);
        insert.setObject(4, organizationId);
        insert.setString(5, tenantId);
        insert.setString(6, metadata);
        insert.setObject(7, createdAt);
        insert.setObject(8, updatedAt);
    }
}
