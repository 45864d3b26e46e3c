package dev.threadsmigration.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.config.EntityMapping;
import dev.threadsmigration.config.FieldRule;
import dev.threadsmigration.config.Presets;
import dev.threadsmigration.config.TooLong;
import dev.threadsmigration.database.Column;
import dev.threadsmigration.database.Dialect;
import dev.threadsmigration.database.TableName;
import dev.threadsmigration.legacy.LegacyTable;
import dev.threadsmigration.model.Accepted;
import dev.threadsmigration.model.Entity;
import dev.threadsmigration.model.Field;
import dev.threadsmigration.model.LegacyRow;
import dev.threadsmigration.model.Metadata;
import dev.threadsmigration.model.Outcome;
import dev.threadsmigration.model.Rejected;
import dev.threadsmigration.model.Rejection;
import dev.threadsmigration.model.TargetRecord;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** A good row of the preset {@code legacy-v1}, to be spoiled by a test and then mapped. */
final class LegacyRecord {

    static final UUID NAMESPACE = UUID.fromString("6f1c2a4e-9d3b-4c58-8a7e-1b2c3d4e5f60");
    static final Instant NOW = Instant.parse("2026-03-01T10:15:30.123Z");
    static final String USER_ID = "0b8f1c1e-4a54-4d0e-9b59-5a3a51e6a001";
    static final String THREAD_ID = "0b8f1c1e-4a54-4d0e-9b59-5a3a51e6a002";
    static final String FEEDBACK_ID = "0b8f1c1e-4a54-4d0e-9b59-5a3a51e6a003";
    static final OffsetDateTime CREATED = OffsetDateTime.parse("2020-02-03T04:05:06.123456Z");

    private static final Map<Entity, EntityMapping> PRESET = Presets.mapping("legacy-v1");

    private final Entity entity;
    private final Map<String, Object> values = new LinkedHashMap<>();
    private final Map<Field, FieldRule> rules;
    private ZoneId zone = ZoneOffset.UTC;
    private String metadataType = "text";

    private LegacyRecord(Entity entity, Object... columnsAndValues) {
        this.entity = entity;
        this.rules = new EnumMap<>(PRESET.get(entity).fields());
        for (int i = 0; i < columnsAndValues.length; i += 2) {
            values.put((String) columnsAndValues[i], columnsAndValues[i + 1]);
        }
    }

    static LegacyRecord of(Entity entity) {
        return switch (entity) {
            case USERS ->
                new LegacyRecord(
                        entity, "id", USER_ID, "full_name", "Ada", "created_date", CREATED, "modified_date", null);
            case THREADS ->
                new LegacyRecord(
                        entity,
                        "id",
                        THREAD_ID,
                        "legacy_id",
                        null,
                        "subject",
                        "Hello",
                        "owner_id",
                        USER_ID,
                        "company_id",
                        null,
                        "division_code",
                        null,
                        "custom_fields",
                        null,
                        "created_date",
                        CREATED,
                        "modified_date",
                        null);
            case FEEDBACK ->
                new LegacyRecord(
                        entity,
                        "id",
                        FEEDBACK_ID,
                        "thread_id",
                        THREAD_ID,
                        "user_id",
                        USER_ID,
                        "type",
                        "rating",
                        "value",
                        null,
                        "comment",
                        null,
                        "message_id",
                        null,
                        "helpful",
                        null,
                        "rating",
                        null,
                        "created_date",
                        CREATED,
                        "modified_date",
                        null);
        };
    }

    static LegacyRecord aThread() {
        return of(Entity.THREADS);
    }

    LegacyRecord with(String column, Object value) {
        assertThat(values).containsKey(column);
        values.put(column, value);
        return this;
    }

    LegacyRecord truncating(Field field) {
        FieldRule rule = rules.get(field);
        rules.put(
                field,
                new FieldRule(
                        rule.column(),
                        rule.json(),
                        rule.columns(),
                        rule.defaultValue(),
                        rule.constant(),
                        TooLong.TRUNCATE));
        return this;
    }

    LegacyRecord withRule(Field field, FieldRule rule) {
        rules.put(field, rule);
        return this;
    }

    LegacyRecord in(String zoneOfLocalDates) {
        zone = ZoneId.of(zoneOfLocalDates);
        return this;
    }

    LegacyRecord withMetadataColumnOfType(String type) {
        metadataType = type;
        return this;
    }

    Outcome outcome() {
        List<Column> columns = values.keySet().stream()
                .map(name -> new Column(
                        name,
                        Types.VARCHAR,
                        name.equals("custom_fields") ? metadataType : "text",
                        0,
                        true,
                        Column.Fill.NONE))
                .toList();
        LegacyTable table = new LegacyTable(
                entity, Dialect.of("jdbc:postgresql:any"), "legacy", new TableName(null, "legacy"), null, columns, 1);
        Object id = values.get("id");
        LegacyRow row = new LegacyRow(
                id == null ? null : id.toString(),
                1,
                table.columnNames(),
                values.values().toArray());
        return new MappingRules(table, rules)
                .mapper(
                        new IdMapping(new IdRules(NAMESPACE)),
                        zone,
                        new TextLimits(Map.of()),
                        Clock.fixed(NOW, ZoneOffset.UTC),
                        "legacy-v1")
                .map(row);
    }

    TargetRecord mapped() {
        Outcome outcome = outcome();
        assertThat(outcome)
                .withFailMessage(() -> "rejected: " + ((Rejected) outcome).reason())
                .isInstanceOf(Accepted.class);
        return ((Accepted) outcome).record();
    }

    Object mapped(Field field) {
        return mapped().get(field);
    }

    /** The merged metadata, read by a parser that keeps every digit and trusts nobody about repeated keys. */
    JsonNode metadata() {
        return ExactJson.read(((Metadata) mapped(Field.METADATA)).json());
    }

    Rejection rejection() {
        Outcome outcome = outcome();
        assertThat(outcome).as("it must be rejected").isInstanceOf(Rejected.class);
        return ((Rejected) outcome).reason();
    }
}
