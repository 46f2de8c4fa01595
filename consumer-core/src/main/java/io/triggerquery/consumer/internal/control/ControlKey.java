package io.triggerquery.consumer.internal.control;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The key of a record in the control topic, which says what the record is. As text it is the kind and the parts,
 * separated by colons; the parts are percent-encoded.
 */
sealed interface ControlKey {

    /** The status of a listener in an instance. */
    record Status(String instance, String listener) implements ControlKey {

        @Override
        public String text() {
            return join("status", instance, listener);
        }
    }

    /** The pause of a listener. */
    record ListenerPause(String listener) implements ControlKey {

        @Override
        public String text() {
            return join("pause", listener);
        }
    }

    /** The pause of one id of a listener. */
    record IdPause(String listener, String id) implements ControlKey {

        @Override
        public String text() {
            return join("pause-id", listener, id);
        }
    }

    /** A command to all instances; its id is unique. */
    record Command(String command) implements ControlKey {

        @Override
        public String text() {
            return join("command", command);
        }
    }

    /** The answer of an instance to a command. */
    record Answer(String command, String instance) implements ControlKey {

        @Override
        public String text() {
            return join("answer", command, instance);
        }
    }

    /** Returns the key as text. */
    String text();

    /** Returns the key of the pause of a listener or, unless it is null, of an id. */
    static ControlKey ofPause(String listener, @Nullable String id) {
        return id == null ? new ListenerPause(listener) : new IdPause(listener, id);
    }

    /** Returns the key of a text, or null if it is none that this version knows. */
    static @Nullable ControlKey of(String text) {
        String[] parts = text.split(":", -1);
        try {
            for (int i = 1; i < parts.length; i++) {
                parts[i] = URLDecoder.decode(parts[i], StandardCharsets.UTF_8);
            }
        } catch (IllegalArgumentException notEncoded) {
            return null;
        }
        return switch (parts[0] + ":" + (parts.length - 1)) {
            case "status:2" -> new Status(parts[1], parts[2]);
            case "pause:1" -> new ListenerPause(parts[1]);
            case "pause-id:2" -> new IdPause(parts[1], parts[2]);
            case "command:1" -> new Command(parts[1]);
            case "answer:2" -> new Answer(parts[1], parts[2]);
            default -> null;
        };
    }

    private static String join(String kind, String... parts) {
        return Stream.concat(
                        Stream.of(kind), Stream.of(parts).map(part -> URLEncoder.encode(part, StandardCharsets.UTF_8)))
                .collect(Collectors.joining(":"));
    }
}
