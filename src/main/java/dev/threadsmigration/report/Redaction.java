package dev.threadsmigration.report;

import dev.threadsmigration.config.FieldRule;
import dev.threadsmigration.database.Column;
import dev.threadsmigration.ledger.AuditLog;
import dev.threadsmigration.ledger.QueryTiming;
import dev.threadsmigration.ledger.RejectedRecord;
import dev.threadsmigration.ledger.ValidationIssue;
import dev.threadsmigration.mapping.MappingRules;
import dev.threadsmigration.model.Entity;
import dev.threadsmigration.model.Field;
import dev.threadsmigration.model.RejectionCode;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Replaces what people wrote by its length and hash, so that a report can leave the team. Ids, references, dates and the
 * like stay, since a record is found by them; so do the names of custom fields.
 */
public final class Redaction {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Set<Field> PRIVATE =
            Set.of(Field.TITLE, Field.NAME, Field.COMMENT, Field.VALUE, Field.METADATA);
    private static final Set<String> MARKERS =
            Set.of("metadata.migrated", "metadata.migratedAt", "metadata.oldSystem", "metadata.oldId");

    /** From the first thing that a server quotes to the end of the last, since a value may hold quotes itself; no duration. */
    private static final Pattern QUOTED = Pattern.compile("(?:[\"'„«]|\\((?!\\d+ s\\))).*[\"'“»)]", Pattern.DOTALL);

    private static final Pattern LITERAL = Pattern.compile("'(?:[^']|'')*'");

    /** Codes whose message never quotes the value. */
    private static final Set<String> QUOTES_NOTHING = Set.of(
                    RejectionCode.TOO_LONG,
                    RejectionCode.NUL_CHARACTER,
                    RejectionCode.LONE_SURROGATE,
                    RejectionCode.REQUIRED_MISSING,
                    RejectionCode.METADATA_NOT_OBJECT,
                    RejectionCode.METADATA_TOO_DEEP,
                    RejectionCode.USER_REJECTED,
                    RejectionCode.THREAD_REJECTED)
            .stream()
            .map(RejectionCode::code)
            .collect(Collectors.toUnmodifiableSet());

    /** Codes whose message quotes nothing before its first colon. */
    private static final Set<String> SAYS_WHERE_FIRST =
            Set.of(RejectionCode.ID_TAKEN.code(), RejectionCode.UNREADABLE.code());

    private final boolean active;
    private final Map<String, Set<String>> shownColumns = new HashMap<>();

    /** @param entities how the migration's entities are mapped: it tells which legacy columns hold what people wrote */
    public Redaction(boolean active, Collection<MappingRules> entities) {
        this.active = active;
        entities.forEach(rules -> shownColumns.put(rules.entity().label(), shownColumns(rules)));
    }

    /** The key, and whatever becomes an id, a reference, a date or another field that nobody writes by hand. */
    private static Set<String> shownColumns(MappingRules rules) {
        Set<String> shown = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        rules.rules().forEach((field, rule) -> {
            if (!PRIVATE.contains(field)) {
                shown.addAll(rule.columnsRead());
            }
        });
        for (Field field : PRIVATE) {
            FieldRule rule = rules.rules().get(field);
            if (rule != null) {
                rule.columnsRead().forEach(shown::remove);
            }
        }
        rules.table().key().stream().map(Column::name).forEach(shown::add);
        return shown;
    }

    public boolean isActive() {
        return active;
    }

    public RejectedRecord of(RejectedRecord reject) {
        if (!active) {
            return reject;
        }
        return new RejectedRecord(
                reject.id(),
                reject.entity(),
                reject.legacyId(),
                reject.occurrence(),
                reject.code(),
                reject.field(),
                message(reject),
                legacyRow(reject));
    }

    public ValidationIssue of(ValidationIssue issue) {
        if (!active || issue.field() == null || !isPrivate(issue)) {
            return issue;
        }
        return new ValidationIssue(
                issue.entity(),
                issue.legacyId(),
                issue.kind(),
                issue.field(),
                redacted(issue.legacyValue()),
                redacted(issue.expected()),
                redacted(issue.found()));
    }

    /** A plan quotes what was searched for. */
    public QueryTiming of(QueryTiming timing) {
        return active
                ? new QueryTiming(
                        timing.name(),
                        timing.p50Ms(),
                        timing.p95Ms(),
                        timing.rows(),
                        LITERAL.matcher(timing.plan()).replaceAll("'…'"),
                        timing.missingIndex())
                : timing;
    }

    /** An earlier run may have been told with all that servers quoted. */
    public AuditLog.Entry of(AuditLog.Entry run) {
        return new AuditLog.Entry(
                run.runId(),
                run.command(),
                run.status(),
                run.startedAt(),
                run.endedAt(),
                run.exitCode(),
                ofProblem(run.message()));
    }

    /** Why a run did not end, which may be in the words of a server: they quote the value that it refused. */
    public @Nullable String ofProblem(@Nullable String problem) {
        return active && problem != null ? QUOTED.matcher(problem).replaceAll("…") : problem;
    }

    private static boolean isPrivate(ValidationIssue issue) {
        String root = root(issue.field());
        boolean ofTargetOnly = Entity.of(issue.entity()).fields().stream()
                .noneMatch(field -> field.label().equals(root));
        return ofTargetOnly || isPrivate(issue.field());
    }

    private static boolean isPrivate(String field) {
        return !MARKERS.contains(field)
                && PRIVATE.stream().anyMatch(known -> known.label().equals(root(field)));
    }

    private static String root(@Nullable String field) {
        return field == null ? "" : field.split("[.\\[]", 2)[0];
    }

    private static String message(RejectedRecord reject) {
        String message = reject.message();
        if (QUOTES_NOTHING.contains(reject.code())) {
            return message;
        }
        if (SAYS_WHERE_FIRST.contains(reject.code())) {
            return message.split(": ", 2)[0];
        }
        boolean quotes = reject.field() == null || isPrivate(reject.field());
        return quotes ? reject.code().replace('_', ' ') + ": " + redacted(message) : message;
    }

    private String legacyRow(RejectedRecord reject) {
        ObjectNode row = (ObjectNode) JSON.readTree(reject.record());
        Set<String> shown = shownColumns.getOrDefault(reject.entity(), Set.of());
        for (Map.Entry<String, JsonNode> column : Map.copyOf(asMap(row)).entrySet()) {
            if (!shown.contains(column.getKey()) && !column.getValue().isNull()) {
                row.put(column.getKey(), redacted(column.getValue().asString()));
            }
        }
        return JSON.writeValueAsString(row);
    }

    private static Map<String, JsonNode> asMap(ObjectNode row) {
        return row.properties().stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** {@code [34 characters, sha256 0f5c2a7b91d3e8a6]}: equal texts stay equal, and null stays null. */
    static @Nullable String redacted(@Nullable String text) {
        if (text == null) {
            return null;
        }
        return String.format(
                Locale.ROOT, "[%d characters, sha256 %s]", text.codePointCount(0, text.length()), TextHash.of(text));
    }
}
