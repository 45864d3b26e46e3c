package dev.threadsmigration.database;

import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/** Which characters the target can hold: all of them, but where its encoding is not UTF8. */
public final class TargetEncoding {

    private final JdbcTemplate target;
    private final TargetDialect dialect;
    private volatile @Nullable Charset charset;

    /** Asks nothing yet. */
    public TargetEncoding(DataSource target, TargetDialect dialect) {
        this.target = new JdbcTemplate(target);
        this.dialect = dialect;
    }

    /** Whether it can hold every character. */
    public boolean hasAll() {
        return encoder() == null;
    }

    /** The first character of a text that the target lacks, such as {@code U+20AC}; null where it has all. */
    public @Nullable String lacking(String text) {
        CharsetEncoder encoder = encoder();
        return encoder == null || encoder.canEncode(text)
                ? null
                : text.codePoints()
                        .filter(c -> !encoder.canEncode(Character.toString(c)))
                        .mapToObj("U+%04X"::formatted)
                        .findFirst()
                        .orElse(null);
    }

    /** The text with each character that the target lacks as an escape of JSON, which people know. */
    public String escaped(String text) {
        CharsetEncoder encoder = encoder();
        if (encoder == null || encoder.canEncode(text)) {
            return text;
        }
        StringBuilder escaped = new StringBuilder(text.length());
        for (char c : text.toCharArray()) {
            escaped.append(encoder.canEncode(c) ? String.valueOf(c) : "\\u%04x".formatted((int) c));
        }
        return escaped.toString();
    }

    /** Null: it holds all characters. One for each use, since it is used by many threads. */
    private @Nullable CharsetEncoder encoder() {
        Charset known = charset;
        if (known == null) {
            known = target.execute((ConnectionCallback<Charset>) dialect::encoding);
            charset = known;
        }
        return known == null || known.equals(StandardCharsets.UTF_8) ? null : known.newEncoder();
    }
}
