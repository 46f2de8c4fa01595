package io.triggerquery.ctl;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The output and the exit code of one execution of the command. */
record Command(int exit, String out, String err) {

    static Command run(String... arguments) {
        return run("", Map.of(), arguments);
    }

    static Command run(String stdin, Map<String, String> environment, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Terminal terminal = new Terminal(
                new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8)),
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                environment);
        int exit = TriggerCtl.execute(terminal, arguments);
        return new Command(exit, out.toString(), err.toString());
    }
}
