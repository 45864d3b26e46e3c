package dev.threadsmigration.mapping;

import dev.threadsmigration.legacy.LegacyRows;
import dev.threadsmigration.model.Accepted;
import dev.threadsmigration.model.Field;
import dev.threadsmigration.model.LegacyRow;
import dev.threadsmigration.model.Outcome;
import dev.threadsmigration.model.Rejected;
import dev.threadsmigration.model.Rejection;
import dev.threadsmigration.model.RejectionCode;
import dev.threadsmigration.model.TargetRecord;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * The new ids that more than one legacy row would get although the rows differ. None of them is migrated: which of them
 * is right is not for a machine to say.
 */
public final class RepeatedIds {

    public static final RepeatedIds NONE = new RepeatedIds(Set.of());

    private final Set<UUID> contested;

    private RepeatedIds(Set<UUID> contested) {
        this.contested = contested;
    }

    /**
     * Finds them.
     *
     * @param expression what rows of one id have in common, as SQL
     */
    public static RepeatedIds find(LegacyRows rows, String expression, RecordMapper mapper) throws SQLException {
        Map<UUID, TargetRecord> first = new HashMap<>();
        Set<UUID> contested = new HashSet<>();
        for (LegacyRow row : rows.sharing(expression)) {
            Outcome outcome = mapper.map(row);
            if (outcome instanceof Accepted accepted) {
                TargetRecord other = first.putIfAbsent(accepted.record().id(), accepted.record());
                if (other != null && !Content.isSameRecord(accepted.record(), other)) {
                    contested.add(accepted.record().id());
                }
            } else if (outcome instanceof Rejected rejected && rejected.newId() != null) {
                contested.add(rejected.newId());
            }
        }
        return new RepeatedIds(contested);
    }

    /** The outcome, or a rejection where another row wants the same id. */
    Outcome judge(Outcome outcome) {
        if (outcome instanceof Accepted accepted
                && contested.contains(accepted.record().id())) {
            return new Rejected(
                    accepted.source(),
                    accepted.record().id(),
                    new Rejection(
                            RejectionCode.ID_REPEATED,
                            Field.ID,
                            "more than one legacy row becomes the id %s, with different content"
                                    .formatted(accepted.record().id())));
        }
        return outcome;
    }
}
