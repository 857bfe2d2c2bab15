def principal():
    print("Empieza")  # → Empieza


if __name__ == "__main__":
    principal()
