package dev.threadsmigration.mapping;

import dev.threadsmigration.model.LegacyRow;
import dev.threadsmigration.model.Outcome;
import org.springframework.batch.infrastructure.item.ItemProcessor;

/** Gives every legacy row its outcome, as far as that can be said without asking the target. */
public final class RecordProcessor implements ItemProcessor<LegacyRow, Outcome> {

    private final RecordMapper mapper;
    private final RepeatedIds repeated;

    public RecordProcessor(RecordMapper mapper, RepeatedIds repeated) {
        this.mapper = mapper;
        this.repeated = repeated;
    }

    @Override
    public Outcome process(LegacyRow row) {
        return repeated.judge(mapper.map(row));
    }
}
