package io.triggerquery.documentation.page;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A table of a page.
 *
 * @param introduction the last paragraph before the table
 */
public record Table(String introduction, List<String> header, List<Row> rows) {

    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    /** A row, with its place. */
    public record Row(String where, List<String> cells) {

        /** Returns what is written as code in a cell. */
        public List<String> code(int cell) {
            List<String> code = new ArrayList<>();
            Matcher spans = CODE.matcher(cells.get(cell));
            while (spans.find()) {
                code.add(spans.group(1));
            }
            return code;
        }
    }

    /** Returns the tables of a page. */
    public static List<Table> of(Page page) {
        List<Table> tables = new ArrayList<>();
        String text = "";
        Table open = null;
        for (int i = 0; i < page.prose().size(); i++) {
            String line = page.prose().get(i);
            boolean ended = i == 0 || page.prose().get(i - 1).isBlank();
            if (line.isBlank()) {
                open = null;
            } else if (!line.startsWith("|")) {
                open = null;
                text = ended ? line : text + " " + line;
            } else if (open == null) {
                open = new Table(text, cells(line), new ArrayList<>());
                tables.add(open);
            } else if (!line.startsWith("| ---")) {
                open.rows().add(new Row(page.path() + ":" + (i + 1), cells(line)));
            }
        }
        return tables;
    }

    private static List<String> cells(String line) {
        return Stream.of(line.substring(1).split("\\|")).map(String::strip).toList();
    }
}
