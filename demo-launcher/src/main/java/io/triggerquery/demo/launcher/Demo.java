package io.triggerquery.demo.launcher;

import io.triggerquery.demo.launcher.part.Control;
import io.triggerquery.demo.launcher.part.Part;
import io.triggerquery.demo.launcher.part.PartName;
import io.triggerquery.demo.launcher.part.PartState;
import io.triggerquery.demo.launcher.part.ProducerStrategy;
import io.triggerquery.demo.launcher.part.Settings;
import io.triggerquery.demo.launcher.part.Starter;
import io.triggerquery.testbed.process.EnvironmentProblem;
import io.triggerquery.testbed.process.Lease;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The settings, parts and controls that all commands use. */
record Demo(
        Settings settings,
        ProducerStrategy producer,
        List<Part> parts,
        Control control,
        Starter starter,
        Console console) {

    static Demo in(Path root, Map<String, String> environment) {
        Settings settings = Settings.from(root, environment);
        return with(settings, settings.producer().read(), new Control(settings), new Console());
    }

    private static Demo with(Settings settings, ProducerStrategy producer, Control control, Console console) {
        List<Part> parts = Part.of(settings, producer);
        Starter starter = new Starter(settings, control, parts, (part, what) -> console.say(part.name(), what));
        return new Demo(settings, producer, parts, control, starter, console);
    }

    /** Returns this demo with the stored strategy. */
    Demo current() {
        ProducerStrategy remembered = settings.producer().read();
        return remembered == producer ? this : with(settings, remembered, control, console);
    }

    /**
     * Returns this demo with the requested strategy, which is stored until all parts are stopped; without a request,
     * with the stored one. Rejects a different one while a service runs.
     */
    Demo choosing(@Nullable ProducerStrategy wanted) {
        if (wanted == null || wanted == producer) {
            return this;
        }
        try (Lease lease = mayChange()) {
            List<Part> services =
                    running().stream().filter(part -> part.name().isService()).toList();
            if (!services.isEmpty()) {
                throw new EnvironmentProblem(
                        "%s %s with --producer %s. Stop the services first with ./demo down, then start with --producer %s."
                                .formatted(names(services), services.size() == 1 ? "runs" : "run", producer, wanted));
            }
            settings.producer().write(wanted);
        }
        return with(settings, wanted, control, console);
    }

    /** Deletes the stored strategy if all parts are stopped. A killed part does not count as stopped. */
    void forgetProducerIfStopped() {
        if (parts.stream().allMatch(part -> control.state(part) instanceof PartState.Stopped)) {
            settings.producer().forget();
        }
    }

    Part part(PartName name) {
        return parts.stream()
                .filter(part -> part.name() == name)
                .findFirst()
                .orElseThrow(() -> new EnvironmentProblem(
                        "There is no %s service with --producer %s, only with relay or registration."
                                .formatted(name, producer)));
    }

    /** Returns the parts in the order in which they stop: the services can still leave their groups at the broker. */
    List<Part> lastFirst() {
        List<Part> lastFirst = new ArrayList<>(parts);
        Collections.reverse(lastFirst);
        return lastFirst;
    }

    /** Kills a part, and returns the number of its process. */
    long kill(PartName name) {
        try (Lease lease = mayChange()) {
            return control.kill(part(name));
        }
    }

    List<Part> running() {
        return parts.stream().filter(part -> control.running(part).isPresent()).toList();
    }

    static String names(List<Part> parts) {
        return parts.stream().map(part -> part.name().toString()).collect(Collectors.joining(", "));
    }

    /** Takes the lease to start or stop parts. */
    Lease mayChange() {
        return Lease.take(settings.lock("change"), "Another ./demo is starting or stopping parts");
    }

    /** Returns what to open in a browser, and where the rest is. */
    String addresses() {
        return """

                payments:  %1$s/             their console: %1$s/triggerquery/
                billing:   %2$s/             its console:   %2$s/triggerquery/
                broker:    %3$s
                database:  %4$s
                logs:      %5$s
                """.formatted(
                        part(PartName.PAYMENT).address(),
                        part(PartName.BILLING).address(),
                        part(PartName.BROKER).address(),
                        part(PartName.DATABASE).address(),
                        settings.home().resolve("logs"));
    }
}
