package io.triggerquery.demo.launcher.part;

/** Shows progress to the user. */
@FunctionalInterface
public interface Progress {

    void say(PartName part, String what);
}
