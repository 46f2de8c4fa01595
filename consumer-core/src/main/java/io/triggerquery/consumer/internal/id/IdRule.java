package io.triggerquery.consumer.internal.id;

import io.triggerquery.consumer.TriggerIdRule;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The rule for a listener's ids.
 *
 * @param unicode whether ids may be any text of at most {@link #MAX_BYTES} bytes, instead of those that {@link
 *     TriggerIdRule} permits
 * @param conversions the types that its source takes
 */
public record IdRule(boolean unicode, Set<IdConversion> conversions) {

    /** The maximum length of an id in bytes of UTF-8. */
    public static final int MAX_BYTES = TriggerIdRule.MAX_LENGTH;

    /** The rule of a listener with default settings and a source that takes strings. */
    public static final IdRule DEFAULT = new IdRule(false, Set.of(IdConversion.STRING));

    private static final int REPLACEMENT = 0xFFFD;

    /** Leaves out what needs no check, since each trigger is checked. */
    public IdRule {
        conversions = conversions.stream()
                .filter(conversion -> conversion != IdConversion.STRING)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Returns why an id is invalid, without repeating it, or null if it is valid. */
    public @Nullable String violation(String id) {
        String invalid =
                unicode ? unicodeViolation(id) : TriggerIdRule.violation(id).orElse(null);
        return invalid != null || conversions.isEmpty() ? invalid : conversionViolation(id);
    }

    /**
     * Checks an id.
     *
     * @throws IllegalArgumentException if the id is invalid; the message gives the reason without repeating the id
     */
    public void check(String id) {
        String violation = violation(id);
        if (violation != null) {
            throw new IllegalArgumentException("The id is invalid: " + violation);
        }
    }

    private @Nullable String conversionViolation(String id) {
        for (IdConversion conversion : conversions) {
            String violation = conversion.violation(id);
            if (violation != null) {
                return violation;
            }
        }
        return null;
    }

    private static @Nullable String unicodeViolation(String id) {
        if (TriggerIdRule.isPath(id)) {
            return "an id is neither \".\" nor \"..\"";
        }
        int bytes = 0;
        for (int i = 0; i < id.length(); i += Character.charCount(id.codePointAt(i))) {
            int character = id.codePointAt(i);
            if (!isText(character)) {
                return "character " + i + " is " + TriggerIdRule.described(character)
                        + (character == REPLACEMENT
                                ? ", which replaces what is no UTF-8 text"
                                : ", but an id has no control, format or line separator characters");
            }
            bytes += utf8Length(character);
        }
        return bytes >= 1 && bytes <= MAX_BYTES ? null : "an id has 1 to " + MAX_BYTES + " bytes of UTF-8";
    }

    private static boolean isText(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> false;
            default -> character != REPLACEMENT;
        };
    }

    private static int utf8Length(int character) {
        if (character < 0x80) {
            return 1;
        }
        return character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
    }
}
