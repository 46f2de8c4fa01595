package io.triggerquery.demo.launcher.part;

/** Where the user reads what is going on. */
@FunctionalInterface
public interface Progress {

    void say(PartName part, String what);
}
