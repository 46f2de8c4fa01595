package io.triggerquery.ctl;

import io.triggerquery.ctl.source.Contents;
import io.triggerquery.ctl.source.ReportedLine;
import io.triggerquery.ctl.source.Source;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Writes the waiting triggers as lines that can be read back. */
@Command(name = "export", description = "Writes the waiting triggers as lines of JSON, which --log can read.")
final class ExportCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    SourceOptions source = new SourceOptions();

    ExportCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (Source opened = source.open(terminal)) {
            Contents contents = opened.read();
            contents.entries().forEach(entry -> terminal.line(ReportedLine.format(entry)));
            contents.problems().forEach(terminal::problem);
            return contents.problems().isEmpty() ? Terminal.SUCCESS : Terminal.INCOMPLETE;
        }
    }
}
