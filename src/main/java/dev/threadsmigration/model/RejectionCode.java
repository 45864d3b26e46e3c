package dev.threadsmigration.model;

import java.util.Arrays;
import java.util.Locale;

/** The reasons for which a record is rejected; scripts rely on the codes, people on the remedies. */
public enum RejectionCode {
    ID_MISSING("give the row a key, or leave it out with a where: filter"),
    UNREADABLE("correct the value in legacy, or read it by a query that makes a sound one of it, then retry"),
    ID_REPEATED("decide which of the rows is right, remove or renumber the others in legacy, then retry"),
    ID_TAKEN("the target holds another record under this id: remove or renumber one of the two, then retry"),
    REQUIRED_MISSING("fill the column in legacy, or set a default for the field in the job file, then retry"),
    WRONG_TYPE("correct the value in legacy, or the field's type in the job file, then retry"),
    TOO_LONG("shorten the value in legacy, or set too-long: truncate for the field, then retry"),
    VALUE_NOT_ALLOWED("correct the value in legacy, then retry"),
    DATE_INFINITE("set a real date in legacy, then retry"),
    DATE_ZERO("set a real date in legacy, or NULL, then retry"),
    DATE_NONEXISTENT("this local time was skipped by a clock change: check source.time-zone, then retry"),
    DATE_OUT_OF_RANGE("set a date between 4713 BC and 294276 AD in legacy, then retry"),
    METADATA_INVALID("correct the JSON text in legacy, then retry"),
    METADATA_NOT_OBJECT("make it a JSON object in legacy, then retry"),
    METADATA_REPEATED_KEY("keep one of the values of the repeated key in legacy, then retry"),
    METADATA_TOO_DEEP("flatten the JSON in legacy, then retry"),
    NUMBER_OUT_OF_RANGE("the target cannot hold this number: correct it in legacy, then retry"),
    NUL_CHARACTER("remove the NUL character in legacy, then retry"),
    LONE_SURROGATE("repair the broken character in legacy, then retry"),
    CHARACTER_NOT_IN_TARGET(
            "the target's encoding lacks it: replace it in legacy, or move into a database of encoding UTF8, then retry"),
    USER_NOT_FOUND("add the user to legacy or to the target, or correct the reference, then retry"),
    USER_REJECTED("mend the user first; retry brings both through"),
    THREAD_NOT_FOUND("add the thread to legacy or to the target, or correct the reference, then retry"),
    THREAD_REJECTED("mend the thread first; retry brings both through"),
    TARGET_REFUSED("the target's own rule refused it, see the message: mend the row or the rule, then retry");

    private final String remedy;

    RejectionCode(String remedy) {
        this.remedy = remedy;
    }

    /** The code as it stands in tables, files and reports: lower case, words joined by underscores. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What a person can do about it. */
    public String remedy() {
        return remedy;
    }

    /** The same by the code as it stands in the ledger; empty for a code of another version. */
    public static String remedyOf(String code) {
        return Arrays.stream(values())
                .filter(known -> known.code().equals(code))
                .map(RejectionCode::remedy)
                .findFirst()
                .orElse("");
    }

    /** The code for a record whose referenced record of this entity is nowhere. */
    public static RejectionCode notFound(Entity referenced) {
        return referenced == Entity.USERS ? USER_NOT_FOUND : THREAD_NOT_FOUND;
    }

    /** The code for a record whose referenced record of this entity was itself rejected. */
    public static RejectionCode alsoRejected(Entity referenced) {
        return referenced == Entity.USERS ? USER_REJECTED : THREAD_REJECTED;
    }
}
