package io.triggerquery.ctl;

import io.triggerquery.ctl.source.Source;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Unparks triggers, so that they are sent again. */
@Command(name = "unpark", description = "Unparks triggers, so that they are sent again.")
final class UnparkCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    SourceOptions source = new SourceOptions();

    @Option(names = "--destination", paramLabel = "NAME", required = true, description = "Logical destination.")
    String destination = "";

    @Option(names = "--id", paramLabel = "ID", description = "Id of one trigger; without it, all of the destination.")
    @Nullable
    String id;

    UnparkCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (Source opened = source.open(terminal)) {
            int unparked = opened.unpark(destination, id);
            terminal.line("unparked: " + unparked);
            return unparked > 0 ? Terminal.SUCCESS : Terminal.INCOMPLETE;
        }
    }
}
