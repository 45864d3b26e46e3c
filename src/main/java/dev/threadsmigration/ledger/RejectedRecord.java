package dev.threadsmigration.ledger;

import dev.threadsmigration.model.Field;
import dev.threadsmigration.model.RejectionCode;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A rejected record as the ledger keeps it.
 *
 * @param id the ledger's own number
 * @param legacyId null where the legacy key is NULL
 * @param field null where it is the record as a whole
 * @param record the legacy row as a JSON object
 */
public record RejectedRecord(
        long id,
        String entity,
        @Nullable String legacyId,
        int occurrence,
        String code,
        @Nullable String field,
        String message,
        String record) {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    /** Whether {@link #legacyId} is not the key, which is to be made of the record's {@link #value values}. */
    public boolean isKeyInRecord() {
        return Field.ID.label().equals(field)
                && (RejectionCode.TOO_LONG.code().equals(code)
                        || RejectionCode.CHARACTER_NOT_IN_TARGET.code().equals(code));
    }

    /** What the legacy row has in a column, as text; null where it is NULL. */
    public @Nullable String value(String column) {
        JsonNode value = JSON.readTree(record).path(column);
        return value.isNull() ? null : value.isNumber() ? value.decimalValue().toPlainString() : value.asString();
    }

    /** The key as legacy has it; {@link #legacyId} shows a character that the ledger cannot store as an escape. */
    public @Nullable String key() {
        boolean escaped = Field.ID.label().equals(field)
                && (RejectionCode.NUL_CHARACTER.code().equals(code)
                        || RejectionCode.LONE_SURROGATE.code().equals(code));
        return legacyId == null
                ? null
                : escaped ? LegacyRowJson.unstorable(legacyId) : LegacyRowJson.withBackslashes(legacyId);
    }
}
