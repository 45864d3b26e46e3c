package dev.threadsmigration.ledger;

import dev.threadsmigration.database.TargetEncoding;
import org.jspecify.annotations.Nullable;

/** What the ledger says about a text that the target cannot store must not fail by that text. */
public final class StorableText {

    private final TargetEncoding encoding;

    public StorableText(TargetEncoding encoding) {
        this.encoding = encoding;
    }

    /** The text, what cannot be stored of it written as an escape that people know. */
    @Nullable
    String of(@Nullable String text) {
        return text == null ? null : encoding.escaped(LegacyRowJson.storable(text));
    }

    /** A key, in the same way, and so that it is told from one that holds such an escape itself. */
    @Nullable
    String ofKey(@Nullable String key) {
        return key == null ? null : encoding.escaped(LegacyRowJson.storableKey(key));
    }

    /** Whether the text is stored as it is. */
    public boolean has(@Nullable String text) {
        return text != null && text.equals(of(text));
    }
}
