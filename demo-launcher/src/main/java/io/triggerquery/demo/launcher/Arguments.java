package io.triggerquery.demo.launcher;

import java.util.ArrayList;
import java.util.List;

/** The user's arguments, brought into the form of a command and its options. */
final class Arguments {

    private static final String PRODUCER = "--producer";

    private Arguments() {}

    /** Moves a leading {@code --producer STRATEGY} behind the command, and takes {@code --check} for that command. */
    static String[] arranged(String... arguments) {
        List<String> rest = new ArrayList<>(List.of(arguments));
        List<String> producer = new ArrayList<>();
        if (!rest.isEmpty() && rest.get(0).startsWith(PRODUCER + "=")) {
            producer.add(rest.remove(0));
        } else if (rest.size() > 1 && rest.get(0).equals(PRODUCER)) {
            producer.add(rest.remove(0));
            producer.add(rest.remove(0));
        }
        if (!rest.isEmpty() && rest.get(0).equals("--check")) {
            rest.set(0, "check");
        }
        rest.addAll(producer);
        return rest.toArray(String[]::new);
    }
}
