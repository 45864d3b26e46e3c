package dev.threadsmigration.dualwrite;

import dev.threadsmigration.legacy.KeysOfIds;
import dev.threadsmigration.mapping.MappingRules;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The keys of the legacy rows that are made for new records: the record's id, or one that legacy counts, as a {@code serial} or
 * AUTO_INCREMENT column is. Where the id is the key, a counted one is remembered as the record's; where it has a column beside
 * the key, that says whose the row is.
 */
public final class NewKeys {

    static final String NOT_MET = "migrate has not met all legacy rows yet";
    static final String QUERY = "nothing can be written into legacy's query";
    static final String NO_KEY = "legacy's key cannot hold its id";
    static final String NO_ID = "legacy's column of ids cannot hold its id";
    static final String NOT_TOLD = "legacy's view does not give back the key that is counted";
    static final String NOT_COUNTED = "legacy's key is no number that it may count itself";

    private final MappingRules rules;
    private final KeysOfIds keysOfIds;
    private final boolean told;
    private final boolean met;

    /**
     * @param keysOfIds of all rows, with those that the job file's where leaves out
     * @param told whether legacy tells which key it has counted
     * @param met whether a migrate has looked at all rows; else the records may have some already
     */
    public NewKeys(MappingRules rules, KeysOfIds keysOfIds, boolean told, boolean met) {
        this.rules = rules;
        this.keysOfIds = keysOfIds;
        this.told = told;
        this.met = met;
    }

    /** Why there can be none; null where there may be. */
    @Nullable
    String whyNone() {
        if (!met) {
            return NOT_MET;
        }
        if (rules.keyHoldsNewIds() || rules.keyMayBeCounted()) {
            return rules.keyHoldsNewIds() || told ? null : NOT_TOLD;
        }
        if (rules.table().isQuery()) {
            return QUERY;
        }
        return rules.idIsKey() ? NO_KEY : rules.idIsHeldBesideKey() ? NOT_COUNTED : NO_ID;
    }

    /** The keys under which legacy may have rows of these records now, by the record's id; none where it has yet to count one. */
    Map<UUID, List<String>> known(Collection<UUID> ids) throws SQLException {
        Map<UUID, List<String>> known = new HashMap<>();
        if (rules.keyHoldsNewIds()) {
            ids.forEach(id -> known.put(id, List.of(id.toString())));
        } else if (rules.idIsHeldBesideKey()) {
            Map<String, List<String>> found = new HashMap<>();
            // A text may be found in another spelling.
            keysOfIds
                    .of(ids.stream().map(UUID::toString).toList())
                    .forEach((id, keys) -> found.computeIfAbsent(id.toLowerCase(Locale.ROOT), one -> new ArrayList<>())
                            .addAll(keys));
            ids.stream()
                    .filter(id -> found.containsKey(id.toString()))
                    .forEach(id -> known.put(id, found.get(id.toString())));
        }
        return known;
    }
}
