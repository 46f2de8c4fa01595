package io.triggerquery.demo.launcher;

import java.util.ArrayList;
import java.util.List;

/** Converts the user's arguments to a command and its options. */
final class Arguments {

    private static final String PRODUCER = "--producer";

    private Arguments() {}

    /**
     * Moves a leading {@code --producer STRATEGY} behind the command, and replaces {@code --check} by the command
     * check.
     */
    static String[] arranged(String... arguments) {
        List<String> remaining = new ArrayList<>(List.of(arguments));
        List<String> producer = new ArrayList<>();
        if (!remaining.isEmpty() && remaining.get(0).startsWith(PRODUCER + "=")) {
            producer.add(remaining.remove(0));
        } else if (remaining.size() > 1 && remaining.get(0).equals(PRODUCER)) {
            producer.add(remaining.remove(0));
            producer.add(remaining.remove(0));
        }
        if (!remaining.isEmpty() && remaining.get(0).equals("--check")) {
            remaining.set(0, "check");
        }
        remaining.addAll(producer);
        return remaining.toArray(String[]::new);
    }
}
