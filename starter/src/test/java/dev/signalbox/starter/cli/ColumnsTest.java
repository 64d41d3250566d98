package dev.signalbox.starter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ColumnsTest {
  @Test
  void countsWideAndCombiningCharacters() {
    assertThat(Columns.width("abc")).isEqualTo(3);
    assertThat(Columns.width("部署")).isEqualTo(4);
    assertThat(Columns.width("\uD83D\uDE80")).isEqualTo(2);
    assertThat(Columns.width("e\u0301")).isEqualTo(1);
  }

  @Test
  void cutsByColumnsAndNeverInTheMiddleOfACharacter() {
    assertThat(Columns.cut("部署完了", 5)).isEqualTo("部署…");
    assertThat(Columns.cut("\uD83D\uDE80\uD83D\uDE80", 3)).isEqualTo("\uD83D\uDE80…");
    assertThat(Columns.cut("fits", 4)).isEqualTo("fits");
    assertThat(Columns.cut("anything", 0)).isEmpty();
  }

  @Test
  void fillsUpToTheColumn() {
    assertThat(Columns.fit("部", 4)).isEqualTo("部  ");
  }

  @Test
  void letsNobodyMoveTheCursor() {
    assertThat(Columns.printable("a\u001b[2J\u001b[31mb\r\nc\u202ed\u0007")).isEqualTo("ab  cd");
    assertThat(Columns.printable("cut off \u001b[")).isEqualTo("cut off");
    assertThat(Columns.indented("  a\u001b[1A")).isEqualTo("  a");
  }
}
