package io.fanin.model.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyGuessTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "dt=2013-02-08/hour=7 dt=2013-02-09/hour=07,  '',        hive,            dt date - hour int -",
        "DT=20130208 DT=20130209,                     '',        hive,            dt int -",
        "id=007 id=008,                               '',        hive,            id string -",
        "year=2013/month=02 year=2014/month=11,       '',        hive,            year int - month int -",
        "2013/02/08/17 2013/02/09/03,                 '',        ${dt},           dt string yyyy/MM/dd/HH",
        "2013/02/08 2013/02/09,                       '',        ${dt},           dt date yyyy/MM/dd",
        "2013-02-08 2013-02-09,                       '',        ${dt},           dt date -",
        "logs/1/us/2013/02/08 logs/1/eu/2013/02/08,   logs/1,    ${key}/${dt},    key string - dt date yyyy/MM/dd",
        "data/dt=2013-02-08,                          data,      hive,            dt date -",
        "dt=2013-02-08/us dt=2013-02-08/eu,           '',        dt=${dt}/${key}, dt date - key string -",
        "2024/09/02 2024/45/03,                       '',        ${key}/${key2}/${key3}, key string - key2 string - key3 string -",
        "2024/09/02/23 2024/09/02/24,                 '',        ${dt}/${key}, dt date yyyy/MM/dd key string -",
        "us/a eu/b,                                   '',        ${key}/${key2},  key string - key2 string -",
    })
    void keysAreThoseOfTheFolders(String paths, String above, String layout, String keys) {
        KeyGuess guess = KeyGuess.of(LayoutCandidatesTest.paths(paths)).orElseThrow();

        assertThat(String.join("/", guess.above())).isEqualTo(above);
        assertThat(guess.layout().name()).isEqualTo(layout);
        assertThat(guess.layout().keys().stream()
                        .map(key -> key.name() + " " + key.type().hiveName() + " "
                                + key.format().orElse("-"))
                        .collect(Collectors.joining(" ")))
                .isEqualTo(keys);
    }

    @Test
    void foldersThatAreAllTheSameTellNothing() {
        assertThat(KeyGuess.of(LayoutCandidatesTest.paths("a/b"))).isEmpty();
    }

    @Test
    void keyThatIsThereTwiceIsNone() {
        assertThat(KeyGuess.of(LayoutCandidatesTest.paths("a=1/a=2"))).isEmpty();
    }
}
