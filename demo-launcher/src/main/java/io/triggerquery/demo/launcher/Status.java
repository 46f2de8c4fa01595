package io.triggerquery.demo.launcher;

import io.triggerquery.demo.launcher.check.Table;
import io.triggerquery.demo.launcher.part.Part;
import io.triggerquery.demo.launcher.part.PartState;
import io.triggerquery.demo.launcher.part.Readiness;

/** Shows the state of every part. */
final class Status {

    private final Demo demo;

    Status(Demo demo) {
        this.demo = demo;
    }

    /** Prints the states and returns the exit code: 1 if a part is not ready. */
    int show() {
        Table table = new Table("part", "process", "state", "address");
        boolean allReady = true;
        for (Part part : demo.parts()) {
            PartState state = demo.control().state(part);
            String word = word(part, state);
            allReady &= word.equals("ready");
            table.row(part.name().toString(), pid(state), word, part.address());
        }
        System.out.print(table);
        System.out.println("Triggers are sent with --producer " + demo.producer());
        return allReady ? 0 : 1;
    }

    private static String pid(PartState state) {
        return state instanceof PartState.Running running
                ? Long.toString(running.process().pid())
                : "";
    }

    private static String word(Part part, PartState state) {
        if (state instanceof PartState.Died died) {
            return "died (was process " + died.last().pid() + ")" + stranger(part);
        }
        if (state instanceof PartState.Stopped) {
            return "stopped" + stranger(part);
        }
        if (part.readiness() instanceof Readiness.NotReady notReady) {
            return "not ready: " + notReady.reason();
        }
        return "ready";
    }

    private static String stranger(Part part) {
        return part.ports().stream()
                .filter(port -> !port.isFree())
                .map(port -> ", but port " + port.number() + " is taken by another process")
                .findFirst()
                .orElse("");
    }
}
