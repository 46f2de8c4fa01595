package io.triggerquery.demo.launcher;

import io.triggerquery.demo.launcher.part.Control;
import io.triggerquery.demo.launcher.part.Part;
import io.triggerquery.demo.launcher.part.PartName;
import io.triggerquery.demo.launcher.part.Parts;
import io.triggerquery.demo.launcher.part.Settings;
import io.triggerquery.demo.launcher.part.Starter;
import io.triggerquery.demo.launcher.process.Lease;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What all commands work with. */
record Demo(Settings settings, List<Part> parts, Control control, Starter starter, Console console) {

    static Demo in(Path root, Map<String, String> environment) {
        Settings settings = Settings.from(root, environment);
        List<Part> parts = Parts.of(settings);
        Control control = new Control(settings);
        Console console = new Console();
        return new Demo(settings, parts, control, new Starter(settings, control, parts, console), console);
    }

    Part part(PartName name) {
        return parts.stream()
                .filter(part -> part.name() == name)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(name.toString()));
    }

    List<Part> running() {
        return parts.stream().filter(part -> control.running(part).isPresent()).toList();
    }

    /** Taken by whoever starts or stops parts, while doing it. */
    Lease mayChange() {
        return Lease.take(settings.lock("change"), "Another ./demo is starting or stopping parts just now");
    }
}
