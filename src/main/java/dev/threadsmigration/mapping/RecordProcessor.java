package dev.threadsmigration.mapping;

import dev.threadsmigration.model.LegacyRow;
import dev.threadsmigration.model.Outcome;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ItemProcessor;

/**
 * Gives every legacy row its outcome, as far as that can be said without asking the target. A row that has its outcome
 * already goes no further.
 */
public final class RecordProcessor implements ItemProcessor<LegacyRow, Outcome> {

    private final RecordMapper mapper;
    private final RepeatedIds repeated;

    public RecordProcessor(RecordMapper mapper, RepeatedIds repeated) {
        this.mapper = mapper;
        this.repeated = repeated;
    }

    @Override
    public @Nullable Outcome process(LegacyRow row) {
        return row.isPassedOver() ? null : repeated.judge(mapper.map(row));
    }
}
