package io.triggerquery.ctl;

import java.io.InputStream;
import java.io.PrintWriter;
import java.util.Map;

/**
 * The input and output of the command.
 *
 * @param environment the environment variables
 */
record Terminal(InputStream in, PrintWriter out, PrintWriter err, Map<String, String> environment) {

    static final int SUCCESS = 0;
    static final int INCOMPLETE = 1;
    static final int FAILURE = 2;

    void problem(String line) {
        err.println("triggerctl: " + printable(line));
        err.flush();
    }

    void line(String line) {
        out.println(printable(line));
        out.flush();
    }

    /** Returns the text on one line and without control characters. */
    private static String printable(String line) {
        return line.replaceAll("\\s*\\R\\s*", " ").replaceAll("[^\\x20-\\x7e]", "?");
    }
}
