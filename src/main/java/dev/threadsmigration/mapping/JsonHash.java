package dev.threadsmigration.mapping;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * A hash of what a JSON text means: the order of an object's keys and the spelling of a number (1, 1.0, 1e0) do not
 * matter, the order of an array does. The members of an object are added up, so that they can come in any order; every
 * part is mixed with the finaliser of MurmurHash3 (Austin Appleby, public domain).
 */
final class JsonHash {

    static final long NULL = mix(11);
    static final long TRUE = mix(12);
    static final long FALSE = mix(13);
    static final long EMPTY_OBJECT = mix(14);
    static final long EMPTY_ARRAY = mix(15);
    /** Of a text before its first {@link #character}; mixed after its last. */
    static final long EMPTY_TEXT = 21;

    /** Some 100 digits. */
    private static final int MANY_BITS = 330;

    private JsonHash() {}

    static long text(char[] characters, int offset, int length) {
        long hash = EMPTY_TEXT;
        for (int i = offset; i < offset + length; i++) {
            hash = character(hash, characters[i]);
        }
        return mix(hash);
    }

    static long text(String text) {
        long hash = EMPTY_TEXT;
        for (int i = 0; i < text.length(); i++) {
            hash = character(hash, text.charAt(i));
        }
        return mix(hash);
    }

    static long character(long text, char next) {
        return text * 0x100000001b3L + next;
    }

    static long number(long value) {
        int scale = 0;
        long unscaled = value;
        while (unscaled != 0 && unscaled % 10 == 0) {
            unscaled /= 10;
            scale--;
        }
        return number(unscaled, scale);
    }

    static long number(BigDecimal value) {
        BigDecimal stripped =
                value.unscaledValue().bitLength() > MANY_BITS ? strippedAtOnce(value) : value.stripTrailingZeros();
        return stripped.signum() == 0
                ? number(0, 0)
                : stripped.unscaledValue().bitLength() < 64
                        ? number(stripped.unscaledValue().longValue(), stripped.scale())
                        : mix(text(stripped.unscaledValue().toString()) + stripped.scale());
    }

    /** The zeros at the end are divided off one by one elsewhere: minutes where they are 100,000. */
    private static BigDecimal strippedAtOnce(BigDecimal value) {
        String digits = value.unscaledValue().toString();
        int end = digits.length();
        while (digits.charAt(end - 1) == '0') {
            end--;
        }
        return new BigDecimal(new BigInteger(digits.substring(0, end)), value.scale() - (digits.length() - end));
    }

    private static long number(long unscaled, int scale) {
        return mix(mix(unscaled + 31) + scale);
    }

    static long member(long name, long value) {
        return mix(name * 31 + value);
    }

    static long element(long array, long value) {
        return mix(array * 31 + value);
    }

    static long mix(long value) {
        long hash = value;
        hash ^= hash >>> 33;
        hash *= 0xff51afd7ed558ccdL;
        hash ^= hash >>> 33;
        hash *= 0xc4ceb9fe1a85ec53L;
        hash ^= hash >>> 33;
        return hash;
    }
}
