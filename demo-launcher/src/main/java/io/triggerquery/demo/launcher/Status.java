package io.triggerquery.demo.launcher;

import io.triggerquery.demo.launcher.part.Part;
import io.triggerquery.demo.launcher.part.PartState;
import java.util.LinkedHashMap;
import java.util.Map;

/** Shows the state of every part. */
record Status(Demo demo) {

    private static final String READY = "ready";

    /** Prints the states and returns the exit code: 1 if a part is not ready. */
    int show() {
        Map<Part, String> states = new LinkedHashMap<>();
        demo.parts().forEach(part -> states.put(part, state(part)));
        int width = states.values().stream().mapToInt(String::length).max().orElse(0);
        String row = "%-8s  %7s  %-" + width + "s  %s%n";
        System.out.printf(row, "part", "process", "state", "address");
        states.forEach((part, state) -> System.out.printf(row, part.name(), pid(part), state, part.address()));
        System.out.println("Triggers are sent with --producer " + demo.producer());
        return states.values().stream().allMatch(READY::equals) ? 0 : 1;
    }

    private String pid(Part part) {
        return demo.control()
                .running(part)
                .map(process -> Long.toString(process.pid()))
                .orElse("");
    }

    private String state(Part part) {
        PartState state = demo.control().state(part);
        if (state instanceof PartState.Running) {
            return part.problem().map(problem -> "not ready: " + problem).orElse(READY);
        }
        String ended = state instanceof PartState.Died died
                ? "died (was process " + died.last().pid() + ")"
                : "stopped";
        return part.ports().stream()
                .filter(port -> !port.isFree())
                .map(port -> ended + ", but port " + port.number() + " is taken by another process")
                .findFirst()
                .orElse(ended);
    }
}
