package io.triggerquery.testbed;

import java.util.List;
import kafka.Kafka;
import kafka.tools.StorageTool;

/** The main class of the broker's JVM, which runs Kafka's two public tools one after the other. */
final class BrokerMain {

    /** The second argument of a broker that outlives the process that started it. */
    static final String DETACHED = "detached";

    // sixteen bytes in base 64; all clusters may have the same id, since they never connect to each other
    private static final String CLUSTER_ID = "dHJpZ2dlci1xdWVyeS1kZQ";

    private BrokerMain() {}

    public static void main(String[] arguments) {
        if (!List.of(arguments).contains(DETACHED)) {
            ParentWatch.start();
        }
        String properties = arguments[0];
        int formatted = StorageTool.execute(
                new String[] {"format", "--config", properties, "--cluster-id", CLUSTER_ID, "--ignore-formatted"},
                System.out);
        if (formatted != 0) {
            System.exit(formatted);
        }
        Kafka.main(new String[] {properties});
    }
}
