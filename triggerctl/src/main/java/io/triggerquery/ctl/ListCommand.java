package io.triggerquery.ctl;

import io.triggerquery.ctl.source.Contents;
import io.triggerquery.ctl.source.Source;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists the waiting triggers. */
@Command(name = "list", description = "Lists the waiting triggers, parked ones first.")
final class ListCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    SourceOptions source = new SourceOptions();

    @Option(names = "--json", description = "Prints one JSON array.")
    boolean json;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "100",
            description = "Maximum number of triggers (${DEFAULT-VALUE}).")
    int limit;

    ListCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (Source opened = source.open(terminal)) {
            Contents contents = opened.read();
            Listing listing = new Listing(contents.entries(), limit);
            if (json) {
                terminal.line(listing.json());
            } else {
                listing.table().forEach(terminal::line);
            }
            contents.problems().forEach(terminal::problem);
            return contents.problems().isEmpty() ? Terminal.SUCCESS : Terminal.INCOMPLETE;
        }
    }
}
