package io.triggerquery.demo.launcher.part;

/** What one look at a running part found. */
public sealed interface Readiness {

    /** It does its work. */
    record Ready() implements Readiness {}

    /** Not yet, or not any more. */
    record NotReady(String reason) implements Readiness {}
}
