package dev.threadsmigration.mapping;

import dev.threadsmigration.database.TargetEncoding;
import dev.threadsmigration.model.Accepted;
import dev.threadsmigration.model.Field;
import dev.threadsmigration.model.LegacyRow;
import dev.threadsmigration.model.Outcome;
import dev.threadsmigration.model.Rejected;
import dev.threadsmigration.model.Rejection;
import dev.threadsmigration.model.RejectionCode;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ItemProcessor;

/**
 * Gives every legacy row its outcome, as far as that can be said without asking the target. A row that has its outcome
 * already goes no further.
 */
public final class RecordProcessor implements ItemProcessor<LegacyRow, Outcome> {

    private final RecordMapper mapper;
    private final RepeatedIds repeated;
    private final TargetEncoding encoding;

    public RecordProcessor(RecordMapper mapper, RepeatedIds repeated, TargetEncoding encoding) {
        this.mapper = mapper;
        this.repeated = repeated;
        this.encoding = encoding;
    }

    @Override
    public @Nullable Outcome process(LegacyRow row) {
        if (row.isPassedOver()) {
            return null;
        }
        Outcome outcome = mapper.map(row);
        Rejection lacking = lacking(row);
        return lacking == null ? repeated.judge(outcome) : new Rejected(row, newId(outcome), lacking);
    }

    /** Of all that was read, since a reject is kept with the whole row. */
    private @Nullable Rejection lacking(LegacyRow row) {
        if (encoding.hasAll()) {
            return null;
        }
        String inKey = row.legacyId() == null ? null : encoding.lacking(row.legacyId());
        if (inKey != null) {
            return lacking(inKey, Field.ID, "the key");
        }
        for (int i = 0; i < row.columns().size(); i++) {
            String lacking = row.value(i) instanceof String text ? encoding.lacking(text) : null;
            if (lacking != null) {
                return lacking(lacking, null, row.columns().get(i));
            }
        }
        return null;
    }

    private static Rejection lacking(String character, @Nullable Field field, String where) {
        return new Rejection(
                RejectionCode.CHARACTER_NOT_IN_TARGET,
                field,
                "the target's encoding lacks %s in %s".formatted(character, where));
    }

    private static @Nullable UUID newId(Outcome outcome) {
        return outcome instanceof Accepted accepted
                ? accepted.record().id()
                : outcome instanceof Rejected rejected ? rejected.newId() : null;
    }
}
