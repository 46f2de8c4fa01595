package io.triggerquery.ctl;

import java.io.InputStream;
import java.io.PrintWriter;
import java.util.Map;

/**
 * What the command talks to.
 *
 * @param environment the environment's variables
 */
record Terminal(InputStream in, PrintWriter out, PrintWriter err, Map<String, String> environment) {

    static final int GOOD = 0;
    static final int LEFT = 1;
    static final int PROBLEM = 2;

    void problem(String line) {
        err.println("triggerctl: " + printable(line));
        err.flush();
    }

    void line(String line) {
        out.println(printable(line));
        out.flush();
    }

    /** On one line, and without what could steer a terminal. */
    private static String printable(String line) {
        return line.replaceAll("\\s*\\R\\s*", " ").replaceAll("[^\\x20-\\x7e]", "?");
    }
}
